package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/badgeproof/badgeproof/examples/server/admit"
)

// TestBodiesThatNeverCome: who announces long bodies, or none of them how long, and sends a byte keeps no room from
// others.
func TestBodiesThatNeverCome(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	var all sync.WaitGroup
	ctx, end := context.WithCancel(t.Context())
	for i := range 64 {
		r := call{method: "POST", path: "/verify", body: "{"}.request().WithContext(ctx)
		if r.ContentLength = -1; i%2 == 0 {
			r.ContentLength = DefaultBody
		}
		from, to := io.Pipe()
		r.Body = from
		all.Go(func() { s.ServeHTTP(httptest.NewRecorder(), r) })
		_, _ = to.Write([]byte("{"))
		defer func() { to.CloseWithError(io.ErrUnexpectedEOF) }()
		context.AfterFunc(ctx, func() { to.CloseWithError(io.ErrUnexpectedEOF) })
	}
	if state := s.gate.State(); state.InFlight != 64 || state.Bytes > 64*firstRead {
		t.Errorf("%+v", state)
	}
	if a := post(t, s, forCredentials, vcBody(string(w.good))); a.status != 200 {
		t.Error("beside them:", a.status)
	}
	end()
	all.Wait()
	if s.gate.State() != (admit.State{}) {
		t.Errorf("left: %+v", s.gate.State())
	}
}

// TestBodiesThatCome are counted as they come, and refused where there is no room for them.
func TestBodiesThatCome(t *testing.T) {
	const long = 300 << 10
	w := newWorld()
	for name, c := range map[string]struct {
		others    int64 // bytes that others hold
		announced int64
		want      int
	}{
		"room":              {0, long, 200},
		"room, chunked":     {0, -1, 200},
		"no room":           {512<<10 - 100<<10, long, 503},
		"no room, chunked":  {512<<10 - 100<<10, -1, 503},
		"no room to begin":  {512 << 10, long, 503},
		"less than claimed": {0, long + 1, 400},
	} {
		s := newServer(t, func(o *Options) { o.Limits.Bytes = 512 << 10 })
		other, err := s.gate.Enter("", c.others)
		if err != nil {
			t.Fatal(err)
		}
		body := string(w.good) + strings.Repeat(" ", long-len(w.good))
		r := call{method: "POST", path: "/verify", body: body}.request()
		r.ContentLength = c.announced
		got := httptest.NewRecorder()
		s.ServeHTTP(got, r)
		if got.Code != c.want || got.Code == 503 && got.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", name, got.Code, got.Body)
		}
		other.Leave()
		if s.gate.State() != (admit.State{}) {
			t.Errorf("%s: left %+v", name, s.gate.State())
		}
	}
}

func TestReadAll(t *testing.T) {
	text := bytes.Repeat([]byte("0123456789"), 30<<10)
	for name, r := range map[string]func() io.Reader{
		"at once":    func() io.Reader { return bytes.NewReader(text) },
		"by halves":  func() io.Reader { return iotest.HalfReader(bytes.NewReader(text)) },
		"end beside": func() io.Reader { return iotest.DataErrReader(bytes.NewReader(text)) },
	} {
		for _, longest := range []int64{int64(len(text)), int64(len(text)) + 1, 1 << 30} {
			held := int64(7)
			got, err := readAll(r(), held, longest, func(more int64) error { held += more; return nil })
			if err != nil || !bytes.Equal(got, text) || held != int64(cap(got)) || held > 2*int64(len(text)) {
				t.Errorf("%s, up to %d: %d bytes, %v; counted %d of %d", name, longest, len(got), err, held, cap(got))
			}
		}
	}
	if _, err := readAll(iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(text))), 1, 9, func(int64) error { return nil }); !errors.Is(err, iotest.ErrTimeout) {
		t.Error("a reader that fails:", err)
	}
	if _, err := readAll(bytes.NewReader(text), 1, 9, func(int64) error { return admit.ErrBytes }); !errors.Is(err, admit.ErrBytes) {
		t.Error("no room:", err)
	}
}

// TestFetchedFilesCount: a short request for a long file holds as much as the file.
func TestFetchedFilesCount(t *testing.T) {
	w := newWorld()
	const file = "https://files.example/long"
	w.source.Put(file, "application/json", append(bytes.Clone(w.good), bytes.Repeat([]byte(" "), 3<<20)...))
	page := map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
	for _, c := range []call{
		{method: "GET", path: "/verify?url=" + file},
		{method: "POST", path: "/verify", body: `{"url": "` + file + `"}`},
		{method: "GET", path: "/document?url=" + file, header: page},
	} {
		for others, want := range map[int64]int{0: http.StatusOK, 6 << 20: 503, 8 << 20: 503} {
			s := newServer(t, func(o *Options) { o.Limits.Bytes, o.Relay = 9<<20, true })
			other, err := s.gate.Enter("", others)
			if err != nil {
				t.Fatal(err)
			}
			a := do(t, s, c)
			if a.status != want {
				t.Errorf("%s %s beside %s bytes: %d, want %d", c.method, c.path, strconv.FormatInt(others, 10), a.status, want)
			}
			other.Leave()
			if s.gate.State() != (admit.State{}) {
				t.Errorf("left: %+v", s.gate.State())
			}
		}
	}
}
