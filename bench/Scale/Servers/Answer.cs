using System.Runtime.InteropServices;
using System.Text;

namespace KubeFed.Scale.Servers;

/// <summary>What a worker needs of an answer.</summary>
/// <param name="Length">The bytes of the body, as they were sent.</param>
/// <param name="ResourceVersion">The first in the body; empty where there is none.</param>
/// <param name="Continue">The continue token at its end; empty where there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Answer(long Length, string ResourceVersion, string Continue)
{
    /// <summary>The text between a mark and the next quotation mark; empty where the mark is not.</summary>
    public static string Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> mark)
    {
        var at = json.IndexOf(mark);
        if (at < 0)
        {
            return "";
        }

        var rest = json[(at + mark.Length)..];
        return Encoding.ASCII.GetString(rest[..Math.Max(0, rest.IndexOf((byte)'"'))]);
    }
}
