"""The figures, a module each: rows of the archive as Plotly JSON, drawn by static/chart.js."""
