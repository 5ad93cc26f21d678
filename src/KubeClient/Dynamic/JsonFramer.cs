using System.Buffers;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// Finds where a JSON object or array ends, in pieces of any size, without parsing it: it counts brackets outside of
/// strings. It also notes the first object nested directly in it. What it frames may still be malformed.
/// </summary>
internal struct JsonFramer
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[]"u8);

    private long _scanned;
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Bytes scanned since the value's first.</summary>
    public readonly long Scanned => _scanned;

    /// <summary>Offset of the first object at depth 1, or 0 while there is none.</summary>
    public long ChildStart { get; private set; }

    /// <summary>Offset behind the first object at depth 1, or 0 while it is open.</summary>
    public long ChildEnd { get; private set; }

    /// <summary>Scans the next piece, the first of which begins with the opening bracket. True: the value ended within it.</summary>
    public bool Scan(ReadOnlySpan<byte> piece, out int consumed)
    {
        consumed = 0;
        while (consumed < piece.Length)
        {
            if (_inString)
            {
                consumed += SkipString(piece[consumed..]);
                continue;
            }

            var next = piece[consumed..].IndexOfAny(Structural);
            if (next < 0)
            {
                consumed = piece.Length;
                break;
            }

            consumed += next + 1;
            if (Step(piece[consumed - 1], _scanned + consumed))
            {
                _scanned += consumed;
                return true;
            }
        }

        _scanned += piece.Length;
        return false;
    }

    private bool Step(byte found, long behind)
    {
        switch (found)
        {
            case (byte)'"':
                _inString = true;
                return false;
            case (byte)'{' or (byte)'[':
                if (++_depth == 2 && ChildStart == 0 && found == (byte)'{')
                {
                    ChildStart = behind - 1;
                }

                return false;
            default:
                if (--_depth == 1 && ChildStart > 0 && ChildEnd == 0)
                {
                    ChildEnd = behind;
                }

                return _depth <= 0;
        }
    }

    private int SkipString(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        if (_escaped)
        {
            _escaped = false;
            at = 1;
        }

        while (at < rest.Length)
        {
            var next = rest[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return rest.Length;
            }

            at += next + 1;
            if (rest[at - 1] == (byte)'"')
            {
                _inString = false;
                return at;
            }

            if (at == rest.Length)
            {
                _escaped = true;
                return at;
            }

            at++;
        }

        return rest.Length;
    }
}
