using System.Collections.Frozen;

namespace KubeFed.ComponentBase.Features;

/// <summary>The state of every known feature. Immutable.</summary>
public sealed class FeatureGates
{
    private readonly FrozenDictionary<string, bool> _states;

    internal FeatureGates(IEnumerable<KeyValuePair<string, bool>> states) => _states = states.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a feature is on.</summary>
    /// <exception cref="ArgumentException">There is no such feature: a fault of the program.</exception>
    public bool IsEnabled(string name) =>
        _states.TryGetValue(name, out var enabled) ? enabled : throw new ArgumentException($"unknown feature \"{name}\"", nameof(name));

    /// <summary>Whether a feature is on.</summary>
    public bool IsEnabled(FeatureSpec feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return IsEnabled(feature.Name);
    }

    /// <summary><c>A=true,B=false</c>, sorted by name.</summary>
    public override string ToString() =>
        string.Join(',', _states.OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Key}={(state.Value ? "true" : "false")}"));
}
