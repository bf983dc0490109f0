package observe

import (
	"fmt"
	"io"
	"log/slog"
)

// NewLog returns a logger of lines in JSON, or in text.
func NewLog(w io.Writer, format, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("the level of the log is debug, info, warn or error, and not %q", level)
	}
	o := &slog.HandlerOptions{Level: l}
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	}
	return nil, fmt.Errorf("the log is json or text, and not %q", format)
}
