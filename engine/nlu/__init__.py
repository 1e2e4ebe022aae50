"""How a sentence is understood: normalise, pick out contact details by rule, classify the intent."""
