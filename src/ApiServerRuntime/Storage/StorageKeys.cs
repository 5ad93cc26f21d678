using System.Text;

namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>The rules on keys and what follows from their order.</summary>
internal static class StorageKeys
{
    internal static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length < 2 || key[0] != '/' || !Ascii.IsValid(key))
        {
            throw new ArgumentException($"a key begins with '/', is longer than that and is ASCII: \"{key}\"", nameof(key));
        }
    }

    internal static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length == 0 || prefix[0] != '/' || !Ascii.IsValid(prefix))
        {
            throw new ArgumentException($"a prefix begins with '/' and is ASCII: \"{prefix}\"", nameof(prefix));
        }
    }

    internal static void CheckTimeToLive(TimeSpan? timeToLive)
    {
        if (timeToLive is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(timeToLive));
        }
    }

    /// <summary>The first text that sorts after every key that begins with the prefix.</summary>
    internal static string EndOf(string prefix) =>
        string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);

    /// <summary>Where a list begins.</summary>
    internal static string StartOf(string prefix, StorageListOptions options) =>
        string.CompareOrdinal(options.StartKey, prefix) > 0 ? options.StartKey! : prefix;
}
