using System.Buffers;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Keeps what passed through a body, up to a bound beyond which it keeps nothing.</summary>
internal sealed class BodyCapture(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Whether more passed than can be kept.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Add(ReadOnlySpan<byte> part)
    {
        if (IsTooLarge)
        {
            return;
        }

        if (_bytes.WrittenCount + part.Length > maxBytes)
        {
            IsTooLarge = true;
            _bytes.Clear();
            return;
        }

        _bytes.Write(part);
    }
}
