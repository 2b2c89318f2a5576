"""AIF JSON (AIFdb), xAIF (OVA3) and OVA JSON."""
