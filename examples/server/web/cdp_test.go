package web_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for the browser to get somewhere.
const patience = 2 * time.Minute

// chromes are the names of the browser in Debian and elsewhere.
var chromes = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// browser is a Chromium without a window, driven over the DevTools protocol by a pair of pipes.
type browser struct {
	write io.Writer

	mu       sync.Mutex
	next     int
	waiting  map[int]chan message
	sessions map[string]func(message) // what a session is told, by its id
}

// message is a command, an answer or an event of the protocol.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// launch starts the browser. Without one the test is skipped, but not where CI says that nothing may be.
func launch(t *testing.T) *browser {
	t.Helper()
	var path string
	for _, name := range chromes {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Chromium, and CI may not skip the tests of the page: apt-get install chromium")
		}
		t.Skip("there is no Chromium to test the page in: apt-get install chromium")
	}
	theirRead, ourWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ourRead, theirWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--disable-features=Translate,MediaRouter,OptimizationHints",
		"--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe", "--user-data-dir="+t.TempDir(), "about:blank")
	c.ExtraFiles, c.Stderr = []*os.File{theirRead, theirWrite}, &log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	theirRead.Close()
	theirWrite.Close()
	b := &browser{write: ourWrite, waiting: map[int]chan message{}, sessions: map[string]func(message){}}
	go b.read(ourRead)
	t.Cleanup(func() {
		b.call("", "Browser.close", nil, nil)
		ended := time.AfterFunc(10*time.Second, func() { c.Process.Kill() })
		c.Wait()
		ended.Stop()
		ourWrite.Close()
		ourRead.Close()
		if t.Failed() {
			for line := range strings.Lines(log.String()) {
				if !strings.Contains(line, "dbus") { // of which there need not be one
					t.Logf("the browser says: %.500s", line)
				}
			}
		}
	})
	return b
}

// read hands on what the browser says, until it ends.
func (b *browser) read(from io.Reader) {
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		text, err := r.ReadBytes(0)
		if err != nil {
			break
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		answer, hear := b.waiting[m.ID], b.sessions[m.Session]
		delete(b.waiting, m.ID)
		b.mu.Unlock()
		switch {
		case m.ID != 0 && answer != nil:
			answer <- m
		case m.ID == 0 && hear != nil:
			hear(m)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, answer := range b.waiting {
		close(answer)
	}
	b.waiting = map[int]chan message{}
}

// send writes a command, whose answer comes over the channel.
func (b *browser) send(session, method string, params any) (chan message, error) {
	if params == nil {
		params = struct{}{}
	}
	given, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	answer := make(chan message, 1)
	b.waiting[b.next] = answer
	text, err := json.Marshal(message{ID: b.next, Session: session, Method: method, Params: given})
	if err != nil {
		return nil, err
	}
	_, err = b.write.Write(append(text, 0))
	return answer, err
}

// call sends a command and reads its answer into result, unless that is nil.
func (b *browser) call(session, method string, params, result any) error {
	answer, err := b.send(session, method, params)
	if err != nil {
		return err
	}
	select {
	case m, ok := <-answer:
		switch {
		case !ok:
			return errors.New("the browser has ended")
		case m.Error != nil:
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		case result != nil:
			return json.Unmarshal(m.Result, result)
		}
		return nil
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer", method)
	}
}

// hear sets who is told of the events of a session.
func (b *browser) hear(session string, f func(message)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sessions[session] = f
}
