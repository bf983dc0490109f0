package main

import (
	"context"
	"errors"
	"syscall/js"
)

func main() {
	js.Global().Set("badgeproof", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return promise(func() (any, error) {
			data := make([]byte, args[0].Length())
			js.CopyBytesToGo(data, args[0])
			return run(context.Background(), data, args[1].String(), page{args[2]})
		})
	}))
	select {} // the function is called from now on
}

// promise runs f and gives its result, or its error, to a JavaScript Promise.
func promise(f func() (any, error)) js.Value {
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		go func() {
			value, err := f()
			if err != nil {
				args[1].Invoke(err.Error())
				return
			}
			args[0].Invoke(value)
		}()
		return nil
	})
	defer executor.Release()
	return js.Global().Get("Promise").New(executor)
}

// page asks the page for documents.
type page struct{ lookup js.Value }

func (p page) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	body, mediaType, _, err = p.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

func (p page) FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error) {
	value, err := await(ctx, p.lookup.Invoke(url, accept))
	if err != nil {
		return relayed{failure: err.Error()}.document(url)
	}
	r := relayed{offline: value.Get("offline").Truthy()}
	if failure := value.Get("error"); failure.Truthy() {
		r.failure = failure.String()
	}
	if content := value.Get("body"); content.Truthy() {
		r.status, r.upstream = value.Get("status").Int(), value.Get("upstream").Int()
		r.mediaType, r.from = value.Get("mediaType").String(), value.Get("from").String()
		r.body = make([]byte, content.Length())
		js.CopyBytesToGo(r.body, content)
	}
	return r.document(url)
}

// await waits for a Promise or the end of ctx. One of the two functions is called sooner or later; only then both
// are released.
func await(ctx context.Context, p js.Value) (js.Value, error) {
	done, failed := make(chan js.Value, 1), make(chan struct{}, 1)
	var kept, broken js.Func
	release := func() {
		kept.Release()
		broken.Release()
	}
	kept = js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- args[0]
		release()
		return nil
	})
	broken = js.FuncOf(func(js.Value, []js.Value) any {
		close(failed)
		release()
		return nil
	})
	p.Call("then", kept, broken)
	select {
	case value := <-done:
		return value, nil
	case <-failed:
		return js.Value{}, errors.New("the page failed")
	case <-ctx.Done():
		return js.Value{}, ctx.Err()
	}
}
