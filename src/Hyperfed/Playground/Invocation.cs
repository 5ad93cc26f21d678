namespace KubeFed.Hyperfed.Playground;

/// <summary>How a person calls the playground, for commands that are printed.</summary>
internal static class Invocation
{
    private const string Variable = "KUBEFED_PLAYGROUND_COMMAND";

    /// <summary>The folder of a playground for which none is named.</summary>
    public static string DefaultFolder { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubefed-playground");

    // What a script that stands before this program calls itself, else the program's own words.
    private static string Command => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } command ? command : "hyperfed playground";

    /// <summary>What ends the playground of a folder.</summary>
    public static string Down(string folder) => folder == DefaultFolder ? $"{Command} down" : $"{Command} down --directory {folder}";
}
