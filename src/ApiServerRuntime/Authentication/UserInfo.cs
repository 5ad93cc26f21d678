using System.Collections.Frozen;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>Who makes a request. Immutable.</summary>
public sealed record UserInfo
{
    /// <summary>The user name, compared exactly.</summary>
    public required string Name { get; init; }

    /// <summary>Tells users of the same name over time apart; may be empty.</summary>
    public string Uid { get; init; } = string.Empty;

    /// <summary>The groups, as <c>system:authenticated</c>.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What else the authenticator knows, by lower-case key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Nobody in particular.</summary>
    public static UserInfo Anonymous { get; } = new() { Name = "system:anonymous", Groups = ["system:unauthenticated"] };
}
