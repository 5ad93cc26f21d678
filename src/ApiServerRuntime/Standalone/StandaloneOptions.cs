using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Namespaces;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>What a server by itself is built on.</summary>
public sealed record StandaloneOptions
{
    /// <summary>The types that are served: those built in and those of definitions are added.</summary>
    public required TypeRegistry Types { get; init; }

    /// <summary>The caches of the types.</summary>
    public required IResourceCacheSet Caches { get; init; }

    /// <summary>
    /// Types that the server serves for other reasons than a definition. A definition of one is taken and changes nothing: neither how it is
    /// served nor, when it is deleted, its objects.
    /// </summary>
    /// <value>Default none.</value>
    public IReadOnlySet<GroupResource> OwnTypes { get; init; } = new HashSet<GroupResource>();

    /// <summary>Types that are built into the server besides those that every server by itself has (see <see cref="BuiltinTypeReader"/>).</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<ResourceType> MoreTypes { get; init; } = [];

    /// <summary>What namespaces hold in other servers; null where this is the only one.</summary>
    /// <value>Default null.</value>
    public IForeignContent? Foreign { get; init; }

    /// <summary>Whose a token is that is no service account's.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<ITokenAuthenticator> Tokens { get; init; } = [];

    /// <summary>Signs the tokens of service accounts; replicas share the key. Not disposed.</summary>
    public required TokenSigner Signer { get; init; }

    /// <summary>Who issues the tokens of service accounts, and whom they are for unless they say otherwise.</summary>
    /// <value>Default <c>https://kubernetes.default.svc</c>, as in any cluster.</value>
    public string Issuer { get; init; } = "https://kubernetes.default.svc";

    /// <summary>The authority of the server's certificate in PEM, published in every namespace.</summary>
    public required string RootAuthority { get; init; }

    /// <summary>
    /// Tells this replica from others that share the storage. One that is the only one should be called the same after each start: it then
    /// takes up its work at once instead of waiting for its own lease to run out.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The logs.</summary>
    public required ILoggerFactory Logging { get; init; }
}
