using System.Threading.Channels;

namespace KubeFed.ApiServerRuntime.Storage.Watching;

/// <summary>One watch of a hub. Its fields are guarded by the hub's lock.</summary>
internal sealed class Watcher(string prefix, long afterRevision)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    internal string Prefix { get; } = prefix;

    /// <summary>No event of the prefix up to this revision remains to be read.</summary>
    internal long Seen { get; set; } = afterRevision;

    /// <summary>The revision that the reader has been told.</summary>
    internal long Reported { get; set; } = afterRevision;

    /// <summary>The revision up to which somebody waits for a report, even an empty one.</summary>
    internal long Wanted { get; set; }

    /// <summary>Whether the reader has been woken and has not yet looked.</summary>
    internal bool Awake { get; set; } = true;

    internal bool Matches(StorageEvent written) =>
        written.Revision > Seen && written.Key.StartsWith(Prefix, StringComparison.Ordinal);

    internal void Wake()
    {
        Awake = true;
        _wake.Writer.TryWrite(true);
    }

    internal void Close() => _wake.Writer.TryComplete();

    /// <summary>Waits to be woken.</summary>
    /// <returns>False when the hub has closed.</returns>
    internal async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (!await _wake.Reader.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        _wake.Reader.TryRead(out _);
        return true;
    }
}
