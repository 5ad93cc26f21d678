namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>What is known of a namespace.</summary>
public enum NamespaceState
{
    /// <summary>There is none of that name.</summary>
    Missing,

    /// <summary>Objects may be created in it.</summary>
    Active,

    /// <summary>It is being deleted.</summary>
    Terminating,
}
