using System.Collections;

namespace KubeFed.TestSupport.Clusters;

/// <summary>A list of command line arguments that compares by content, so that equal options share a cluster.</summary>
public sealed class EquatableArguments : IReadOnlyList<string>, IEquatable<EquatableArguments>
{
    private readonly string[] _arguments;

    /// <summary>Makes a list of arguments.</summary>
    public EquatableArguments(params IEnumerable<string> arguments)
    {
        _arguments = [.. arguments];
    }

    /// <summary>The empty list.</summary>
    public static EquatableArguments None { get; } = new();

    /// <inheritdoc/>
    public int Count => _arguments.Length;

    /// <inheritdoc/>
    public string this[int index] => _arguments[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _arguments.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EquatableArguments? other) => other is not null && _arguments.SequenceEqual(other._arguments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EquatableArguments);

    /// <inheritdoc/>
    public override int GetHashCode() => string.Join('\0', _arguments).GetHashCode(StringComparison.Ordinal);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
