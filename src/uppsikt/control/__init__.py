"""Internal control and audit: risks, mitigations, controls with their results, audits and what they recommend."""
