using System.Diagnostics;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>One random run: some hundred steps, then every watch is read to its end and compared.</summary>
internal sealed class WatchModelRun
{
    private static readonly string[] Names = ["a", "ab", "b", "c", "d"];
    private static readonly string?[] Apps = [null, "x", "x", "y"];

    private readonly Random _random;
    private readonly CacheHarness _harness;
    private readonly List<WatchModel> _watches = [];

    public WatchModelRun(int seed)
    {
        _random = new(seed);
        _harness = new(new()
        {
            PageSize = _random.Next(1, 5),
            WatchQueueLength = _random.Next(1, 6),
            MinEvents = _random.Next(4, 20),
            FreshEvents = _random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(75),
            HistoryRetention = TimeSpan.FromSeconds(_random.Next(1, 100)),
        });
    }

    private ScriptedStorage Storage => _harness.Storage;

    public async Task RunAsync()
    {
        await using var harness = _harness;
        Write(_random.Next(10));
        harness.Caches.Start();
        var steps = _random.Next(20, 200);
        for (var i = 0; i < steps; i++)
        {
            await StepAsync();
        }

        Storage.Mend();
        Storage.Release();
        await SettleAsync();
        var last = Storage.Revision;
        foreach (var watch in _watches)
        {
            await watch.ReadToEndAsync(Storage, last);
            watch.Check(Storage, last);
        }

        await CheckSnapshotsAsync();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(20))
        {
            case < 9:
                Write(_random.Next(1, 5));
                break;
            case < 13:
                await OpenAsync();
                break;
            case < 16:
                foreach (var watch in _watches.Where(_ => _random.Next(3) == 0))
                {
                    await watch.PollAsync();
                }

                break;
            case 16:
                Storage.Hold(Storage.Revision - _random.Next(4));
                break;
            case 17:
                Storage.Release();
                _harness.Clock.Advance(TimeSpan.FromSeconds(_random.Next(1, 70)));
                break;
            case 18:
                await DisturbAsync();
                break;
            default:
                await CheckSnapshotsAsync();
                break;
        }

        for (var i = _random.Next(5); i > 0; i--)
        {
            await Task.Yield();
        }
    }

    private void Write(int count)
    {
        for (; count > 0; count--)
        {
            var (name, space) = (Names[_random.Next(Names.Length)], _random.Next(2) == 0 ? "one" : "two");
            switch (_random.Next(8))
            {
                case 0:
                    Storage.Put("/configmaps/one/x", CacheHarness.Json("x"));
                    break;
                case < 3 when Storage.State(Storage.Revision).ContainsKey(CacheHarness.Key(name, space)):
                    _harness.Remove(name, space);
                    break;
                default:
                    _harness.Put(name, space, Apps[_random.Next(Apps.Length)], _random.Next(100));
                    break;
            }
        }
    }

    private async Task OpenAsync()
    {
        var initial = _random.Next(2) == 0;
        var prefix = _random.Next(3) switch
        {
            0 => TypeBox.Widgets.KeyPrefix,
            1 => TypeBox.Widgets.KeyPrefixOf("one"),
            _ => CacheHarness.Key("a", "one"),
        };
        var options = new CacheWatchOptions
        {
            KeyPrefix = prefix,
            Matches = _random.Next(2) == 0 ? null : CacheHarness.App("x"),
            AfterRevision = initial ? null : Math.Max(1, _harness.Caches.Revision - _random.Next(20)),
            SendInitialEventsEnd = initial,
            Bookmarks = _random.Next(2) == 0,
        };
        try
        {
            _watches.Add(new(options, await DriveAsync(_harness.Widgets.WatchAsync(options, CancellationToken.None).AsTask())));
        }
        catch (StatusException e) when (e.Code is 410 or 429 or 504)
        {
            Assert.That(e.Code != 410 || !initial, "only history expires");
        }
    }

    private async Task DisturbAsync()
    {
        Storage.Break(new StorageUnavailableException("lost"));
        await SpinAsync(() => !_harness.Caches.IsConnected);
        Write(_random.Next(5));
        if (_random.Next(3) == 0)
        {
            Storage.Compact(Storage.Revision - _random.Next(2));
        }

        Storage.Mend();
    }

    /// <summary>Every state that the cache gives is the one the storage had at that revision.</summary>
    private async Task CheckSnapshotsAsync()
    {
        foreach (var revision in new[] { 0, Math.Max(1, _harness.Caches.Revision - _random.Next(10)) })
        {
            try
            {
                var snapshot = revision == 0
                    ? await DriveAsync(_harness.Widgets.AnyAsync(CancellationToken.None).AsTask())
                    : await DriveAsync(_harness.Widgets.ExactAsync(revision, CancellationToken.None).AsTask());
                if (snapshot is not null)
                {
                    Assert.That(revision == 0 || snapshot.Revision == revision);
                    var expected = Storage.State(snapshot.Revision).Where(p => p.Key.StartsWith(TypeBox.Widgets.KeyPrefix, StringComparison.Ordinal));
                    Assert.That(
                        snapshot.Range(TypeBox.Widgets.KeyPrefix).Select(o => (o.Key, o.Revision)),
                        Is.EqualTo(expected.Select(p => (p.Key, p.Value.Revision))),
                        $"at {snapshot.Revision}");
                }
            }
            catch (StatusException e)
            {
                Assert.That(e.Code, Is.EqualTo(429).Or.EqualTo(504), e.Message);
            }
        }
    }

    private Task SettleAsync() => SpinAsync(() => _harness.Caches.IsReady && _harness.Caches.Revision == Storage.Revision);

    private async Task<T> DriveAsync<T>(Task<T> task)
    {
        await SpinAsync(() => task.IsCompleted);
        return await task;
    }

    private async Task SpinAsync(Func<bool> until)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; !until(); i++)
        {
            if (i % 50 == 49)
            {
                _harness.Clock.Advance(TimeSpan.FromMilliseconds(50));
            }

            if (Stopwatch.GetElapsedTime(started) > CacheHarness.Limit)
            {
                throw new TimeoutException($"revision {_harness.Caches.Revision} of {Storage.Revision}, ready {_harness.Caches.IsReady}");
            }

            await Task.Yield();
        }
    }
}
