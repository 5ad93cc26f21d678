using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Auditing;
using KubeFed.TestSupport.Threading;

namespace KubeFed.ApiServerRuntime.Tests.Auditing;

/// <summary>Keeps the lines; may be held up, or made to fail.</summary>
internal sealed class MemorySink(SyncPoint? hold = null) : IAuditSink
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public bool Fails { get; set; }

    public bool IsClosed { get; private set; }

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    public IReadOnlyList<JsonObject> Events => [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (hold is not null)
        {
            await hold.PassAsync(cancellationToken);
        }

        if (Fails)
        {
            throw new IOException("no space left");
        }

        lock (_gate)
        {
            _text.Append(Encoding.UTF8.GetString(lines.Span));
        }
    }

    public ValueTask DisposeAsync()
    {
        IsClosed = true;
        return ValueTask.CompletedTask;
    }
}
