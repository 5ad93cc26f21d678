namespace KubeFed.ComponentBase.Features;

/// <summary>The features that a program knows.</summary>
public sealed class FeatureRegistry
{
    private readonly SortedDictionary<string, FeatureSpec> _features = new(StringComparer.Ordinal);

    /// <summary>A registry of these features.</summary>
    /// <exception cref="ArgumentException">Two features have one name.</exception>
    public FeatureRegistry(params IEnumerable<FeatureSpec> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        foreach (var feature in features)
        {
            _features.Add(feature.Name, feature);
        }
    }

    /// <summary>All features by name.</summary>
    public IReadOnlyCollection<FeatureSpec> Features => _features.Values;

    /// <summary>Every feature at its default.</summary>
    public FeatureGates Defaults => new(_features.Values.ToDictionary(feature => feature.Name, feature => feature.Default));

    /// <summary>The defaults with some features switched.</summary>
    /// <param name="switches">Name and state of each feature to switch; the last of several with one name counts.</param>
    /// <param name="errors">One sentence for each switch that cannot be: an unknown name, or a feature that is locked.</param>
    /// <returns>The gates, with the switches that can be.</returns>
    public FeatureGates With(IEnumerable<KeyValuePair<string, bool>> switches, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(switches);
        var states = _features.Values.ToDictionary(feature => feature.Name, feature => feature.Default);
        var faults = new List<string>();
        foreach (var (name, enabled) in switches)
        {
            if (!_features.TryGetValue(name, out var feature))
            {
                faults.Add($"unknown feature gate \"{name}\": known are {Known()}");
            }
            else if (feature.Stage == FeatureStage.Ga && enabled != feature.Default)
            {
                faults.Add($"feature gate \"{name}\" is generally available and cannot be set to {Word(enabled)}");
            }
            else
            {
                states[name] = enabled;
            }
        }

        errors = faults;
        return new FeatureGates(states);
    }

    /// <summary>Reads <c>A=true,B=false</c>, the form of <c>--feature-gates</c>.</summary>
    /// <param name="text">The switches; empty for none.</param>
    /// <param name="errors">One sentence for each part that is malformed, unknown or locked.</param>
    public FeatureGates Parse(string text, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        var switches = new List<KeyValuePair<string, bool>>();
        var faults = new List<string>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals > 0 && bool.TryParse(part[(equals + 1)..], out var enabled))
            {
                switches.Add(new(part[..equals].TrimEnd(), enabled));
            }
            else
            {
                faults.Add($"feature gate \"{part}\" is not of the form Name=true or Name=false");
            }
        }

        var gates = With(switches, out var others);
        errors = [.. faults, .. others];
        return gates;
    }

    private static string Word(bool value) => value ? "true" : "false";

    private string Known() => _features.Count == 0 ? "none" : string.Join(", ", _features.Keys);
}
