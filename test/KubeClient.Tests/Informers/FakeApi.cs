using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Web;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Transport;

namespace KubeFed.KubeClient.Tests.Informers;

/// <summary>
/// An API server for one resource: list with pages, watch from a version, compaction. A test may make any request or
/// stream fail; what it then says is still true.
/// </summary>
internal sealed class FakeApi : IKubeTransport
{
    public static readonly GroupVersionResource Resource = new("", "v1", "configmaps");

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (string Uid, long Revision)> _objects = new(StringComparer.Ordinal);
    private readonly List<(long Revision, string Type, string Json)> _log = [];
    private readonly List<string> _requests = [];
    private readonly HashSet<Pipe> _watches = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _revision = 10;
    private long _compacted;
    private (KeyValuePair<string, (string Uid, long Revision)>[] Objects, long Revision) _saved = ([], 0);

    /// <summary>Chooses the fate of a request; null lets it through.</summary>
    public Func<bool, HttpResponseMessage?>? OnRequest { get; set; }

    /// <summary>Chooses where a stream is cut: the bytes of this piece to send before the connection breaks; null to go on.</summary>
    public Func<byte[], int?>? OnPiece { get; set; }

    public Uri BaseAddress { get; } = new("https://fake.test/");

    public long Revision
    {
        get
        {
            lock (_lock)
            {
                return _revision;
            }
        }
    }

    /// <summary>What was asked for: <c>list VERSION</c> or <c>watch VERSION</c>.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public int OpenWatches
    {
        get
        {
            lock (_lock)
            {
                return _watches.Count;
            }
        }
    }

    public SortedDictionary<string, string> State()
    {
        lock (_lock)
        {
            var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in _objects)
            {
                state[name] = $"{value.Uid}@{value.Revision}";
            }

            return state;
        }
    }

    /// <summary>Creates or changes an object.</summary>
    public void Put(string name)
    {
        lock (_lock)
        {
            var isNew = !_objects.TryGetValue(name, out var value);
            _revision++;
            value = (isNew ? $"u{_revision}" : value.Uid, _revision);
            _objects[name] = value;
            Append(isNew ? "ADDED" : "MODIFIED", Render(name, value.Uid, _revision));
        }
    }

    public void Delete(string name)
    {
        lock (_lock)
        {
            if (_objects.Remove(name, out var value))
            {
                _revision++;
                Append("DELETED", Render(name, value.Uid, _revision));
            }
        }
    }

    /// <summary>Sends a bookmark at the present version to whoever watches, without a change.</summary>
    public void Bookmark()
    {
        lock (_lock)
        {
            _revision++;
            Append("BOOKMARK", $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"{{{_revision}}}"}}""");
        }
    }

    /// <summary>Forgets the history up to now.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _compacted = _revision;
        }
    }

    /// <summary>Remembers all there is, for <see cref="Restore"/>.</summary>
    public void Save()
    {
        lock (_lock)
        {
            _saved = ([.. _objects], _revision);
        }
    }

    /// <summary>Becomes again what it was at <see cref="Save"/>, revisions included.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _objects.Clear();
            foreach (var (name, value) in _saved.Objects)
            {
                _objects.Add(name, value);
            }

            _revision = _saved.Revision;
            _log.Clear();
        }
    }

    /// <summary>Puts another object in the place of one, at the same revision, and tells nobody.</summary>
    public void Replace(string name, string uid)
    {
        lock (_lock)
        {
            _objects[name] = (uid, _objects[name].Revision);
        }
    }

    /// <summary>Ends every open watch: cleanly, or as a broken connection.</summary>
    public void EndWatches(Exception? failure = null)
    {
        lock (_lock)
        {
            foreach (var watch in _watches)
            {
                watch.Writer.Complete(failure);
            }

            _watches.Clear();
            Wake();
        }
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var isWatch = query["watch"] == "true";
        lock (_lock)
        {
            _requests.Add($"{(isWatch ? "watch" : "list")} {query["resourceVersion"]}");
        }

        if (OnRequest?.Invoke(isWatch) is { } answer)
        {
            return Task.FromResult(answer);
        }

        return Task.FromResult(isWatch ? Watch(query["resourceVersion"]!, cancellationToken) : List(query["limit"], query["continue"]));
    }

    public static HttpResponseMessage Fail(int code, string reason) => new((HttpStatusCode)code)
    {
        Content = new StringContent(
            $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"made to fail","reason":"{{reason}}","code":{{code}}}"""),
    };

    /// <summary>A watch that opens, says that the server failed, and ends.</summary>
    public static HttpResponseMessage ErrorInStream(int code, string reason) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(
            $$$"""{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"made to fail","reason":"{{{reason}}}","code":{{{code}}}}}"""),
    };

    private static string Render(string name, string uid, long revision) =>
        $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"ns","uid":"{{{uid}}}","resourceVersion":"{{{revision}}}","labels":{"parity":"{{{(revision % 2 == 0 ? "even" : "odd")}}}"} } }""";

    private HttpResponseMessage List(string? limit, string? token)
    {
        lock (_lock)
        {
            var (start, revision) = token is null ? ("", _revision) : (token.Split('@')[0], long.Parse(token.Split('@')[1], CultureInfo.InvariantCulture));
            if (token is not null && revision < _revision)
            {
                return Fail(410, "Expired");
            }

            var rest = _objects.Where(o => string.CompareOrdinal(o.Key, start) > 0).ToArray();
            var take = limit is null ? rest.Length : Math.Min(rest.Length, int.Parse(limit, CultureInfo.InvariantCulture));
            var next = take < rest.Length ? $"{rest[take - 1].Key}@{revision}" : "";
            var items = string.Join(",", rest.Take(take).Select(o => Render(o.Key, o.Value.Uid, o.Value.Revision)));
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    $$$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"{{{revision}}}","continue":"{{{next}}}"},"items":[{{{items}}}]}"""),
            };
        }
    }

    private HttpResponseMessage Watch(string version, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        lock (_lock)
        {
            _watches.Add(pipe);
        }

        _ = Task.Run(() => SendEventsAsync(pipe, long.Parse(version, CultureInfo.InvariantCulture), cancellationToken), CancellationToken.None);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
    }

    private async Task SendEventsAsync(Pipe pipe, long from, CancellationToken cancellationToken)
    {
        var last = from;
        while (!cancellationToken.IsCancellationRequested)
        {
            Task changed;
            lock (_lock)
            {
                if (!_watches.Contains(pipe))
                {
                    return;
                }

                changed = _changed.Task;
                if (!WriteSince(pipe, ref last))
                {
                    _watches.Remove(pipe);
                    return;
                }
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool WriteSince(Pipe pipe, ref long last)
    {
        if (last < _compacted)
        {
            Write(pipe, """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""");
            pipe.Writer.Complete();
            return false;
        }

        foreach (var (revision, type, json) in _log)
        {
            if (revision > last && !Write(pipe, $$"""{"type":"{{type}}","object":{{json}}}"""))
            {
                return false;
            }

            last = Math.Max(last, revision);
        }

        return true;
    }

    private bool Write(Pipe pipe, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n");
        var cut = OnPiece?.Invoke(bytes);
        pipe.Writer.Write(bytes.AsSpan(0, cut ?? bytes.Length));
        _ = pipe.Writer.FlushAsync().AsTask();
        if (cut is not null)
        {
            pipe.Writer.Complete(cut % 2 == 0 ? new IOException("the connection was made to break") : null);
        }

        return cut is null;
    }

    private void Append(string type, string json)
    {
        _log.Add((_revision, type, json));
        Wake();
    }

    private void Wake()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
