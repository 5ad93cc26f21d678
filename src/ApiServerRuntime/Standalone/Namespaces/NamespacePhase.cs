namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>The phases of a namespace.</summary>
internal static class NamespacePhase
{
    /// <summary>Objects may be created in it.</summary>
    public const string Active = "Active";

    /// <summary>It is being deleted.</summary>
    public const string Terminating = "Terminating";
}
