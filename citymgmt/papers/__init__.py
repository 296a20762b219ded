"""Official papers in the layout of GB/T 9704-2012 as Word and as PDF, with tables and charts. Knows no rule."""
