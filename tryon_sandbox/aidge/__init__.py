"""Alibaba Aidge's virtual try-on, as its pages describe it."""
