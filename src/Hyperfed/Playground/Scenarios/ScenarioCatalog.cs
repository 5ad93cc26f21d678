namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>The stories that there are.</summary>
internal static class ScenarioCatalog
{
    private static readonly IScenario[] All = [new OutageScenario(), new RolloutScenario(), new OverflowScenario()];

    /// <summary>Their names, for a person.</summary>
    public static string Names => string.Join(", ", All.Select(static scenario => scenario.Name));

    /// <summary>The story of a name, or null.</summary>
    public static IScenario? Find(string name) => Array.Find(All, scenario => scenario.Name == name);
}
