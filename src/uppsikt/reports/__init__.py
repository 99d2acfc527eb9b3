"""Reports and plans in print: an outline, texts and live blocks become one payload; adoption freezes it."""
