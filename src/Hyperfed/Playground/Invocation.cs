namespace KubeFed.Hyperfed.Playground;

/// <summary>How a person calls the playground, for commands that are printed.</summary>
internal static class Invocation
{
    private const string Variable = "KUBEFED_PLAYGROUND_COMMAND";

    /// <summary>What a script that stands before this program calls itself, else the program's own words.</summary>
    public static string Command => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } command ? command : "hyperfed playground";
}
