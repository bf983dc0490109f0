package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// A flight is one fetch under way, and those who wait for it.
type flight struct {
	cancel  context.CancelFunc
	waiting int           // guarded by Client.mu
	done    chan struct{} // closed once answer or err is set
	answer  *answer
	err     *Error
}

// join returns a fresh answer from the cache, or else a flight under way, or else a new one.
func (c *Client) join(ctx context.Context, k key, u *url.URL) (*answer, *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if a := c.cache.get(k, c.clock()); a != nil {
		return a, nil
	}
	f := c.flights[k]
	if f == nil {
		f = &flight{done: make(chan struct{})}
		// The flight outlives the caller who started it if others wait for it, and has the one
		// deadline that is the same for all.
		shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.limits.Time)
		f.cancel = cancel
		c.flights[k] = f
		go c.fly(shared, f, k, u)
	}
	f.waiting++
	return nil, f
}

// wait returns what the flight brings, in words about the URL that this caller asked for, or gives
// up with the caller's context. The last one who gives up ends the flight.
func (c *Client) wait(ctx context.Context, k key, f *flight, asked string) (*answer, error) {
	select {
	case <-f.done:
	case <-ctx.Done():
		c.mu.Lock()
		defer c.mu.Unlock()
		if f.waiting--; f.waiting == 0 {
			c.forget(k, f)
			f.cancel()
		}
		return nil, interrupted(ctx, asked)
	}
	if f.err != nil {
		mine := *f.err
		mine.URL = asked
		return nil, &mine
	}
	return f.answer, nil
}

// forget makes sure that nobody joins the flight any more. c.mu is held.
func (c *Client) forget(k key, f *flight) {
	if c.flights[k] == f {
		delete(c.flights, k)
	}
}

// fly downloads, keeps the answer while it is fresh, and lets the waiting callers go. A transport
// that ignores its context holds up nobody but keeps its place among [Limits].Fetches.
func (c *Client) fly(ctx context.Context, f *flight, k key, u *url.URL) {
	defer f.cancel()
	type result struct {
		answer *answer
		err    *Error
	}
	results := make(chan result, 1)
	go func() {
		a, err := c.download(ctx, u, k.accept)
		results <- result{a, err}
	}()
	select {
	case r := <-results:
		f.answer, f.err = r.answer, r.err
	case <-ctx.Done():
	}
	if f.answer == nil && ctx.Err() != nil {
		f.err = c.late(ctx)
	}
	if f.answer != nil {
		c.cache.put(k, f.answer, c.clock())
	}
	c.mu.Lock()
	c.forget(k, f)
	c.mu.Unlock()
	close(f.done)
}

// late says that the client's own time is over.
func (c *Client) late(ctx context.Context) *Error {
	return &Error{Reason: ReasonTime, Err: context.Cause(ctx),
		Detail: fmt.Sprintf("the host did not deliver within %v; trying again may help", c.limits.Time)}
}

// interrupted says that the caller's context ended.
func interrupted(ctx context.Context, asked string) *Error {
	detail := "the fetch was cancelled"
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		detail = "the time for the verification was over before the host delivered"
	}
	return &Error{URL: asked, Reason: ReasonTime, Detail: detail, Err: context.Cause(ctx)}
}
