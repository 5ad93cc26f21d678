using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>Serves <c>serviceaccounts/token</c>: issues a token to a service account (<c>kubectl create token</c>).</summary>
/// <param name="tokens">Issues them.</param>
/// <param name="lookup">Finds service accounts and bound objects.</param>
/// <param name="time">The clock.</param>
public sealed class TokenRequestHandler(ServiceAccountTokens tokens, IServiceAccountLookup lookup, TimeProvider time) : IResourceHandler
{
    private const string ApiVersion = "authentication.k8s.io/v1";
    private const string Kind = "TokenRequest";
    private const long DefaultSeconds = 3600;
    private const long MinSeconds = 600;
    private const long MaxSeconds = 1L << 32;
    private static readonly FieldPath Spec = FieldPath.Root("spec");

    /// <inheritdoc/>
    public GroupResource Resource { get; } = new(string.Empty, "serviceaccounts");

    /// <inheritdoc/>
    public string Subresource => "token";

    /// <inheritdoc/>
    public GroupVersionKind ResponseKind { get; } = new("authentication.k8s.io", "v1", Kind);

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["create"];

    /// <inheritdoc/>
    public async Task<KubeObject> HandleAsync(ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(body);
        var root = body.Root;
        CheckKind(root);
        var account = await lookup.FindAsync("ServiceAccount", context.Namespace, context.Name, cancellationToken)
            ?? throw StatusErrors.NotFound(Resource, context.Name);
        var spec = root["spec"] as JsonObject ?? [];
        var seconds = Seconds(spec, context.Name);
        var audiences = JsonStrings.Read(spec["audiences"]) is { Count: > 0 } asked ? asked : tokens.Audiences;
        var bound = await BoundAsync(context, spec["boundObjectRef"] as JsonObject, cancellationToken);
        var (token, expires) = tokens.Issue(account, audiences, TimeSpan.FromSeconds(seconds), bound);
        var answered = new JsonObject { ["audiences"] = JsonStrings.Write(audiences), ["expirationSeconds"] = seconds };
        if (bound is not null)
        {
            answered["boundObjectRef"] = new JsonObject { ["kind"] = bound.Kind, ["apiVersion"] = "v1", ["name"] = bound.Name, ["uid"] = bound.Uid };
        }

        return KubeObject.FromNode(new JsonObject
        {
            ["kind"] = Kind,
            ["apiVersion"] = ApiVersion,
            ["metadata"] = new JsonObject
            {
                ["name"] = context.Name,
                ["namespace"] = context.Namespace,
                ["creationTimestamp"] = Tree.Format(time.GetUtcNow()),
            },
            ["spec"] = answered,
            ["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = Tree.Format(expires) },
        });
    }

    private static void CheckKind(JsonObject root)
    {
        if (Tree.Text(root, "kind") != Kind || Tree.Text(root, "apiVersion") != ApiVersion)
        {
            throw StatusErrors.BadRequest($"the object provided is not a {Kind} of {ApiVersion}");
        }
    }

    private static long Seconds(JsonObject spec, string name)
    {
        if (spec["expirationSeconds"] is not { } node)
        {
            return DefaultSeconds;
        }

        if (node is not JsonValue value || !value.TryGetValue(out long seconds))
        {
            throw StatusErrors.BadRequest($"{Kind} in version \"v1\" cannot be handled as a {Kind}: spec.expirationSeconds must be a whole number");
        }

        return seconds switch
        {
            < MinSeconds => throw Invalid("may not specify a duration less than 10 minutes"),
            > MaxSeconds => throw Invalid("may not specify a duration larger than 2^32 seconds"),
            _ => seconds,
        };

        StatusException Invalid(string why) => StatusErrors.Invalid(
            new GroupKind("authentication.k8s.io", Kind), name, [FieldError.Invalid(Spec.Child("expirationSeconds"), seconds, why).ToCause()]);
    }

    private async ValueTask<BoundObject?> BoundAsync(ResourceContext context, JsonObject? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return null;
        }

        var (apiVersion, kind, name, uid) = (Tree.Text(reference, "apiVersion"), Tree.Text(reference, "kind"), Tree.Text(reference, "name"), Tree.Text(reference, "uid"));
        if (apiVersion != "v1" || kind is not ("Secret" or "Pod"))
        {
            throw StatusErrors.BadRequest($"cannot bind token to object of type {apiVersion}, Kind={kind}");
        }

        var resource = new GroupResource(string.Empty, kind.ToLowerInvariant() + "s");
        var found = await lookup.FindAsync(kind, context.Namespace, name, cancellationToken) ?? throw StatusErrors.NotFound(resource, name);
        if (kind == "Pod" && (found.GetString("spec", "serviceAccountName") ?? string.Empty) != context.Name)
        {
            throw StatusErrors.BadRequest($"cannot bind token for serviceaccount {GoQuote.Quote(context.Name)} to pod running with different serviceaccount name.");
        }

        var actual = found.Metadata.Uid ?? string.Empty;
        return uid.Length == 0 || uid == actual
            ? new BoundObject(kind, name, actual)
            : throw StatusErrors.Conflict(
                resource,
                name,
                $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated");
    }
}
