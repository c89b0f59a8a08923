"""AILabTools' try-on clothes refiner, as its pages describe it."""
