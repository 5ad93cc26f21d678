using System.Text;
using System.Text.Json;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// One instance for strings that many objects share: kinds, namespaces, label keys. A table of fixed size without locks;
/// where two strings want one place the later takes it, which costs an allocation and nothing else.
/// </summary>
internal static class StringPool
{
    private const int MaxLength = 128;
    private static readonly string?[] Slots = new string?[4096];

    /// <summary>The string that the reader stands on, or null for JSON null.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxLength
            ? reader.GetString()
            : Get(reader.ValueSpan, ref reader);
    }

    private static string Get(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        ref var slot = ref Slots[Hash(utf8) % (uint)Slots.Length];
        var candidate = Volatile.Read(ref slot);
        if (candidate is not null && Ascii.Equals(utf8, candidate))
        {
            return candidate;
        }

        var created = reader.GetString()!;
        Volatile.Write(ref slot, created);
        return created;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
