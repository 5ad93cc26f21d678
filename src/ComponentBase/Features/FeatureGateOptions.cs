using System.CommandLine;
using KubeFed.ComponentBase.Options;

namespace KubeFed.ComponentBase.Features;

/// <summary>The flag <c>--feature-gates</c>.</summary>
public sealed class FeatureGateOptions : IOptionGroup
{
    private readonly FeatureRegistry _registry;
    private readonly Option<string[]> _gates;
    private IReadOnlyList<string> _errors = [];

    /// <summary>A flag over these features, all at their defaults.</summary>
    public FeatureGateOptions(FeatureRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
        Gates = registry.Defaults;
        _gates = new Option<string[]>("--feature-gates")
        {
            Description = Describe(registry),
            HelpName = "Name=true|false,...",
            DefaultValueFactory = _ => [],
        };
    }

    /// <summary>The state of every feature.</summary>
    public FeatureGates Gates { get; private set; }

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Options.Add(_gates);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Gates = _registry.Parse(string.Join(',', result.GetValue(_gates) ?? []), out _errors);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => [.. _errors.Select(error => $"--feature-gates: {error}")];

    private static string Describe(FeatureRegistry registry)
    {
        var lines = registry.Features.Select(feature =>
            $"{feature.Name}=true|false ({feature.Stage.ToString().ToUpperInvariant()} - default={(feature.Default ? "true" : "false")}) {feature.Description}");
        return string.Join(Environment.NewLine, ["Switches features on or off.", .. lines]);
    }
}
