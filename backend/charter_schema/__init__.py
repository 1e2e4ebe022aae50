"""What may stand in the nine files of charters/<operator>/, as pydantic models that turn into the domain's entries."""
