"""A page becomes one clean article or one counted refusal, and is stored."""
