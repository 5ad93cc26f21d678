using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.ApiServerRuntime.Standalone.Accounts;
using KubeFed.ApiServerRuntime.Standalone.Bootstrapping;
using KubeFed.ApiServerRuntime.Standalone.Definitions;
using KubeFed.ApiServerRuntime.Standalone.GarbageCollection;
using KubeFed.ApiServerRuntime.Standalone.Leadership;
using KubeFed.ApiServerRuntime.Standalone.Namespaces;
using KubeFed.ApiServerRuntime.Standalone.Roles;
using KubeFed.ApiServerRuntime.Standalone.Secrets;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>
/// What makes an API server a cluster of its own: the types that every cluster has with their rules, types by CustomResourceDefinitions, and
/// the controllers without which objects could not be deleted. Make it, build a store with its <see cref="Admission"/> and
/// <see cref="Handlers"/>, hand the store to <see cref="Attach"/>, start the caches, then run it.
/// </summary>
public sealed class StandaloneApi
{
    private readonly StandaloneOptions _options;
    private readonly ILogger _logger;
    private readonly StoredRoles _roles;
    private IResourceStore? _store;
    private DefinitionServing? _definitions;
    private volatile bool _begun;

    /// <summary>Adds the built-in types to those that are served.</summary>
    public StandaloneApi(StandaloneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = options.Logging.CreateLogger("KubeFed.ApiServerRuntime.Standalone");
        options.Types.SetTypes(BuiltinTypes.Owner, [.. BuiltinTypes.All, .. options.MoreTypes]);
        _roles = new StoredRoles(options.Caches, options.Time, _logger);
        var rules = new RbacAuthorizer(_roles.Objects);
        Authorizer = new UnionAuthorizer(new GroupAuthorizer("system:masters"), PathAuthorizer.Public, rules);
        Namespaces = new StoredNamespaces(options.Caches);
        Admission =
        [
            new NamespaceLifecycle(Namespaces, options.Time),
            new NamespaceRules(),
            new DataRules(),
            new DefinitionRules(),
            new RbacObjectRules(),
            new RbacEscalation(rules, Authorizer),
        ];
        var accounts = new StoredAccounts(options.Caches);
        var tokens = new ServiceAccountTokens(options.Signer, options.Issuer, [options.Issuer], accounts, options.Time);
        Tokens = [.. options.Tokens, tokens];
        Handlers =
        [
            new NamespaceFinalization(() => Store),
            new TokenRequestHandler(tokens, accounts, options.Time),
            .. ReviewHandlers.All(Authorizer, rules, Tokens, tokens.Audiences, options.Time),
        ];
    }

    /// <summary>The namespaces.</summary>
    public INamespaceLookup Namespaces { get; }

    /// <summary>Who may do what: the administrators all, others what the stored roles and bindings say.</summary>
    public IAuthorizer Authorizer { get; }

    /// <summary>Whose a bearer token is: those of the options, and the service accounts' own.</summary>
    public IReadOnlyList<ITokenAuthenticator> Tokens { get; }

    /// <summary>The rules of the built-in types, to come before others.</summary>
    public IReadOnlyList<IAdmissionPlugin> Admission { get; }

    /// <summary>The subresources that are computed.</summary>
    public IReadOnlyList<IResourceHandler> Handlers { get; }

    /// <summary>Why requests cannot be answered rightly yet; null when they can.</summary>
    public string? WhyNotReady =>
        !_begun ? "the namespaces and roles of the system have not been made yet"
        : _definitions is not { HasRead: true } ? "the CustomResourceDefinitions have not been read yet"
        : !_roles.HasRead ? "the roles have not been read yet"
        : null;

    private IResourceStore Store => _store ?? throw new InvalidOperationException("no store is attached");

    /// <summary>Takes the store that was built with the admission and handlers of this. Once, before anything is served.</summary>
    public void Attach(IResourceStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _definitions = new DefinitionServing(
            _options.Types, _options.OwnTypes, _options.Caches, Client(SystemUser.Server), _options.Time, _logger);
    }

    /// <summary>Makes what a cluster has from the start, serves definitions, and works as controller while no other replica does; until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var definitions = _definitions ?? throw new InvalidOperationException("no store is attached");
        var serving = Task.WhenAll(definitions.RunAsync(cancellationToken), _roles.RunAsync(cancellationToken));
        await new SystemObjects(Client(SystemUser.Server), _options.Time, _logger).EnsureAsync(cancellationToken);
        _begun = true;
        var lease = new ControllerLease(Client(SystemUser.Server), _options.Identity, _options.Time, _logger);
        await Task.WhenAll(serving, lease.RunAsync(ControlAsync, cancellationToken));
    }

    private Task ControlAsync(CancellationToken cancellationToken)
    {
        var (types, caches, time) = (_options.Types, _options.Caches, _options.Time);
        var namespaces = new NamespaceController(types, caches, Client(SystemUser.NamespaceController), time, _logger, _options.Foreign);
        var definitions = new DefinitionCleanup(types, _options.OwnTypes, caches, Client(SystemUser.Server), time, _logger);
        var collector = new GarbageCollector(types, caches, Client(SystemUser.GarbageCollector), time, _logger);
        var accounts = new AccountController(caches, Client(SystemUser.AccountController), _options.RootAuthority, time, _logger);
        var roles = new RoleAggregation(caches, Client(SystemUser.Server), time, _logger);
        return Task.WhenAll(
            KeepAsync(roles.RunAsync, cancellationToken),
            KeepAsync(namespaces.RunAsync, cancellationToken),
            KeepAsync(definitions.RunAsync, cancellationToken),
            KeepAsync(collector.RunAsync, cancellationToken),
            KeepAsync(accounts.RunAsync, cancellationToken));
    }

    // What nobody expected must not end a controller for good.
    private async Task KeepAsync(Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await run(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                StandaloneLog.ControllerFailed(_logger, e);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ObjectClient Client(UserInfo user) => new(Store, user, user.Name[(user.Name.LastIndexOf(':') + 1)..]);
}
