package admit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func enter(t *testing.T, g *Gate, client string, bytes int64) *Pass {
	t.Helper()
	p, err := g.Enter(client, bytes)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEnterAndLeave(t *testing.T) {
	g := New(Limits{InFlight: 2, Bytes: 100, PerClient: 1})
	a := enter(t, g, "a", 60)
	for _, c := range []struct {
		client string
		bytes  int64
		want   error
	}{{"a", 1, ErrClient}, {"b", 50, ErrBytes}} {
		if _, err := g.Enter(c.client, c.bytes); !errors.Is(err, c.want) {
			t.Errorf("%s with %d bytes: %v, want %v", c.client, c.bytes, err, c.want)
		}
	}
	a.Shrink(10)
	b := enter(t, g, "b", 50)
	if _, err := g.Enter("c", 1); !errors.Is(err, ErrFull) || !g.Full() {
		t.Errorf("a third request: %v, want %v", err, ErrFull)
	}
	a.Leave()
	a.Leave()
	b.Leave()
	if s := g.State(); s != (State{}) || g.Full() || len(g.clients) != 0 {
		t.Errorf("what is left when all have gone: %+v, %v", s, g.clients)
	}
	enter(t, g, "a", 1000).Leave() // alone, and longer than everything
}

// TestGrow: bytes are counted as they come, and given back as a whole.
func TestGrow(t *testing.T) {
	g := New(Limits{Bytes: 100})
	a := enter(t, g, "", 10)
	if err := a.Grow(500); err != nil || g.State().Bytes != 510 {
		t.Error("alone, and longer than everything:", err, g.State())
	}
	a.Shrink(20)
	b := enter(t, g, "", 10)
	for _, c := range []struct {
		more int64
		want error
		all  int64
	}{{70, nil, 100}, {1, ErrBytes, 100}, {0, nil, 100}, {-5, nil, 100}} {
		if err := b.Grow(c.more); !errors.Is(err, c.want) || g.State().Bytes != c.all {
			t.Errorf("%d more: %v, %d bytes in all; want %v, %d", c.more, err, g.State().Bytes, c.want, c.all)
		}
	}
	b.Leave()
	a.Leave()
	if s := g.State(); s != (State{}) {
		t.Errorf("left: %+v", s)
	}
	if err := (*Pass)(nil).Grow(1); err != nil {
		t.Error("work that nobody has to admit:", err)
	}
}

func TestNobodyNeedsAPass(t *testing.T) {
	var p *Pass
	ran := false
	if err := p.Compute(t.Context()); err != nil {
		t.Error(err)
	}
	if err := p.Wait(t.Context(), "h", "u", func() bool { ran = true; return true }); err != nil || !ran {
		t.Error(err, ran)
	}
	p.Shrink(1)
	p.Leave()
	if From(t.Context()) != nil {
		t.Error("a pass out of nowhere")
	}
	g := New(Limits{})
	if p := enter(t, g, "", 1); From(With(t.Context(), p)) != p {
		t.Error("the context lost the pass")
	}
}

// TestWaitingFreesTheSlot is the heart: with one slot, a request that waits for a host leaves it to another.
func TestWaitingFreesTheSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Slots: 1})
		slow, quick := enter(t, g, "", 1), enter(t, g, "", 1)
		release, done := make(chan struct{}), make(chan struct{})
		if err := slow.Compute(t.Context()); err != nil {
			t.Fatal(err)
		}
		go func() {
			defer close(done)
			if err := slow.Wait(t.Context(), "slow.example", "u", func() bool { <-release; return true }); err != nil {
				t.Error(err)
			}
			if g.State().Computing != 1 {
				t.Error("no slot after the wait")
			}
			slow.Leave()
		}()
		synctest.Wait()
		if err := quick.Compute(t.Context()); err != nil {
			t.Fatal(err)
		}
		close(release)
		synctest.Wait()
		select {
		case <-done:
			t.Error("two requests had the one slot")
		default:
		}
		quick.Leave()
		<-done
		if s := g.State(); s != (State{}) {
			t.Errorf("left: %+v", s)
		}
	})
}

func TestComputeEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Slots: 1})
		a, b := enter(t, g, "", 1), enter(t, g, "", 1)
		if err := a.Compute(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.Compute(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		b.Leave()
		a.Leave()
	})
}

// crowd is requests that wait, to be counted.
type crowd struct {
	*testing.T
	gate    *Gate
	release chan struct{}
	all     sync.WaitGroup
}

// wait has one more request wait for a host, and returns the error where it may not.
func (c *crowd) wait(host string, bytes int64) error {
	p := enter(c.T, c.gate, "", bytes)
	failed := make(chan error, 1)
	c.all.Go(func() {
		defer p.Leave()
		if err := p.Wait(c.Context(), host, "u", func() bool { <-c.release; return true }); err != nil {
			failed <- err
		}
	})
	synctest.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// TestShares fills the share of one host, that of all hosts, and what is left for the first that wait for a host. A
// host that has answered soon finds room all the same.
func TestShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{T: t, gate: New(Limits{InFlight: 16, Bytes: 1600}), release: make(chan struct{})}
		answer := func(host string, took time.Duration, ok bool) {
			p := enter(t, c.gate, "", 1)
			defer p.Leave()
			if err := p.Wait(t.Context(), host, "u", func() bool { time.Sleep(took); return ok }); err != nil {
				t.Error(err)
			}
		}
		answer("good", soon/2, true)
		answer("late", soon/2, true)
		answer("late", 2*soon, true)
		answer("poor", soon/2, true)
		answer("poor", soon/2, false)
		for i := range 4 {
			if err := c.wait("one", 10); err != nil {
				t.Errorf("number %d for one host: %v", i, err)
			}
		}
		if err := c.wait("one", 10); !errors.Is(err, ErrHost) {
			t.Errorf("a fifth for one host of sixteen places: %v", err)
		}
		for i := range 4 {
			if err := c.wait("two", 10); err != nil {
				t.Errorf("number %d for another host: %v", i, err)
			}
		}
		for _, host := range []string{"three", "four", "late", "poor"} {
			if err := c.wait(host, 1); err != nil {
				t.Errorf("the first for %s: %v", host, err)
			}
			if err := c.wait(host, 1); !errors.Is(err, ErrHost) {
				t.Errorf("the second for %s when half of the places wait: %v", host, err)
			}
		}
		if err := c.wait("five", 1); !errors.Is(err, ErrHost) {
			t.Errorf("the first for a host when three quarters wait: %v", err)
		}
		for range 2 {
			if err := c.wait("good", 1); err != nil {
				t.Errorf("a host that answers soon has no room: %v", err)
			}
		}
		if err := c.wait("good", 500); !errors.Is(err, ErrHost) {
			t.Errorf("more bytes than a host's share: %v", err)
		}
		close(c.release)
		c.all.Wait()
		if s := c.gate.State(); s != (State{}) || len(c.gate.hosts) != 0 || c.gate.unknown != (load{}) {
			t.Errorf("left: %+v, %v", s, c.gate.hosts)
		}
		time.Sleep(2 * knownTime)
		if time.Now().Before(c.gate.known["good"]) {
			t.Error("a host is known for ever")
		}
	})
}

// TestHostsThatWereQuickBefore: hosts that answered soon and then answer no more take no more room than others, nor
// all of it in the moment before that is seen.
func TestHostsThatWereQuickBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{T: t, gate: New(Limits{InFlight: 32, Bytes: 3200}), release: make(chan struct{})}
		prime := func(host string) {
			p := enter(t, c.gate, "", 1)
			defer p.Leave()
			if err := p.Wait(t.Context(), host, "u", func() bool { return true }); err != nil {
				t.Error(err)
			}
		}
		full := 0
		for i := range 8 {
			prime(fmt.Sprint(i))
		}
		for i := range 4 * 8 {
			if c.wait(fmt.Sprint(i/8), 1) == nil {
				full++
			}
		}
		if full != 28 || c.gate.Full() {
			t.Errorf("%d of 32 wait for hosts that were quick before, and nobody else has room: %t", full, c.gate.Full())
		}
		time.Sleep(2 * soon)
		synctest.Wait()
		if c.gate.unknown.requests != 28 || len(c.gate.known) != 4 { // those that nobody waits for
			t.Errorf("%+v are seen to wait too long; known are %v", c.gate.unknown, c.gate.known)
		}
		close(c.release)
		c.all.Wait()
		if s := c.gate.State(); s != (State{}) || len(c.gate.hosts) != 0 || c.gate.unknown != (load{}) {
			t.Errorf("left: %+v, %v, %+v", s, c.gate.hosts, c.gate.unknown)
		}
	})
}

// TestStalledHost has less room from when somebody has waited too long, until all have gone and it is quick again.
func TestStalledHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{T: t, gate: New(Limits{InFlight: 16}), release: make(chan struct{})}
		c.gate.know("h")
		for range 2 {
			if err := c.wait("h", 1); err != nil {
				t.Error(err)
			}
		}
		for i := range 3 {
			for range 2 {
				_ = c.wait(fmt.Sprint("other", i), 1)
			}
		}
		if err := c.wait("h", 1); err != nil {
			t.Error("a known host beside six for unknown ones:", err)
		}
		time.Sleep(2 * soon)
		synctest.Wait()
		if err := c.wait("h", 1); !errors.Is(err, ErrHost) {
			t.Error("a stalled host beside as many as may wait for unknown ones:", err)
		}
		close(c.release)
		c.all.Wait()
		if c.gate.unknown != (load{}) || len(c.gate.hosts) != 0 {
			t.Errorf("left: %+v", c.gate.unknown)
		}
		c.gate.know("h")
		if err := c.wait("h", 1); err != nil || c.gate.unknown != (load{}) {
			t.Error("when it is quick again:", err)
		}
		c.all.Wait()
	})
}

// TestKnownHosts are so many and no more.
func TestKnownHosts(t *testing.T) {
	g := New(Limits{})
	for i := range knownHosts + 10 {
		g.know(fmt.Sprint(i))
	}
	if len(g.known) != knownHosts {
		t.Error(len(g.known))
	}
}

// TestPerHost bounds the documents asked of one host at a time; those who want the same one share a place.
func TestPerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{PerHost: 1})
		release, all := make(chan struct{}), sync.WaitGroup{}
		running := make(chan string, 9)
		wait := func(ctx context.Context, url string) {
			p := enter(t, g, "", 1)
			all.Go(func() {
				defer p.Leave()
				err := p.Wait(ctx, "h", url, func() bool { running <- url; <-release; return true })
				if err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			})
			synctest.Wait()
		}
		wait(t.Context(), "a")
		wait(t.Context(), "a")
		wait(t.Context(), "b")
		if len(running) != 2 || <-running != "a" || <-running != "a" {
			t.Error("two that want the same document share its place, and nobody else has one")
		}
		short, cancel := context.WithCancel(t.Context())
		wait(short, "c")
		cancel()
		synctest.Wait()
		close(release)
		all.Wait()
		if len(running) != 1 || <-running != "b" {
			t.Error("the next did not get its turn, or who gave up ran all the same")
		}
	})
}
