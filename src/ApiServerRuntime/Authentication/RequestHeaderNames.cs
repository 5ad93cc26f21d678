namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Whom a front proxy must be and in which headers it says who asks: the flags <c>--requestheader-*</c> of kube-apiserver. Immutable.</summary>
public sealed record RequestHeaderNames
{
    /// <summary>The common names that a proxy's certificate may have; empty allows any.</summary>
    public IReadOnlyList<string> AllowedNames { get; init; } = [];

    /// <summary>The headers with the user name; the first that is set counts.</summary>
    public IReadOnlyList<string> User { get; init; } = ["X-Remote-User"];

    /// <summary>The headers with the UID.</summary>
    public IReadOnlyList<string> Uid { get; init; } = ["X-Remote-Uid"];

    /// <summary>The headers with the groups; all of them count.</summary>
    public IReadOnlyList<string> Group { get; init; } = ["X-Remote-Group"];

    /// <summary>What the names of the headers with extra keys begin with.</summary>
    public IReadOnlyList<string> ExtraPrefix { get; init; } = ["X-Remote-Extra-"];
}
