"""What things are: frozen records, without input or output."""
