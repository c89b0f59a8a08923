"""Collections: many garments on many models, each cell an ordinary job."""
