using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// An immutable map of strings, sorted bytewise by key: the shape of labels and annotations. Two maps are equal when
/// they hold the same pairs. A lookup is a binary search; the map takes two references a pair and no more.
/// </summary>
[JsonConverter(typeof(StringMapJsonConverter))]
public sealed class StringMap : IReadOnlyDictionary<string, string>, IEquatable<StringMap>
{
    private readonly KeyValuePair<string, string>[] _pairs;

    private StringMap(KeyValuePair<string, string>[] sorted) => _pairs = sorted;

    /// <summary>The map without pairs.</summary>
    public static StringMap Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _pairs.Select(static p => p.Key);

    /// <inheritdoc/>
    public IEnumerable<string> Values => _pairs.Select(static p => p.Value);

    /// <inheritdoc/>
    public string this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no entry \"{key}\"");

    /// <summary>A map of the pairs; of several pairs with one key the last wins.</summary>
    public static StringMap From(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            sorted[key] = value;
        }

        return sorted.Count == 0 ? Empty : new StringMap([.. sorted]);
    }

    /// <summary>This map with one pair added or replaced.</summary>
    public StringMap With(string key, string value) => From(_pairs.Append(new(key, value)));

    /// <summary>This map without the pair of that key.</summary>
    public StringMap Without(string key) => ContainsKey(key) ? From(_pairs.Where(p => p.Key != key)) : this;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var index = Find(key);
        value = index >= 0 ? _pairs[index].Value : null;
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(StringMap? other) => other is not null && _pairs.AsSpan().SequenceEqual(other._pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StringMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in _pairs)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string key)
    {
        int low = 0, high = _pairs.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_pairs[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }
}
