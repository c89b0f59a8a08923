"""Calls of scripts and of agents, before an endpoint is entered."""
