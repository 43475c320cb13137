"""The machine: uploads, assets, jobs, renditions, FFmpeg and delivery. It knows no track."""
