"""The shapes of the file kinds, as strict models: what keys there are and what may stand in them."""
