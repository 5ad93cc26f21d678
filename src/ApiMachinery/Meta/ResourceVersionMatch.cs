namespace KubeFed.ApiMachinery.Meta;

/// <summary>How a list's <c>resourceVersion</c> is meant.</summary>
public enum ResourceVersionMatch
{
    /// <summary>Not sent: the server's legacy rules.</summary>
    Unset,

    /// <summary>At least as new as the version.</summary>
    NotOlderThan,

    /// <summary>Exactly the version, or 410 Expired.</summary>
    Exact,
}
