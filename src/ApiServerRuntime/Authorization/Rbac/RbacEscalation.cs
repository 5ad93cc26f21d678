using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// Keeps users from giving rights that they do not have. Who writes a role needs all that it allows, or the verb <c>escalate</c> on it; who writes
/// a binding needs all that the role allows, or the verb <c>bind</c> on the role. Members of <c>system:masters</c> may do all of it.
/// </summary>
/// <param name="rules">Lists what the user may do, and the rules of roles.</param>
/// <param name="authorizer">The server's authorizer, asked for <c>escalate</c> and <c>bind</c>.</param>
public sealed class RbacEscalation(RbacAuthorizer rules, IAuthorizer authorizer) : IAdmissionPlugin
{
    private const string Masters = "system:masters";
    private static readonly RbacRule[] Everything =
    [
        new RbacRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
        new RbacRule { Verbs = ["*"], NonResourceUrls = ["*"] },
    ];

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = request.Context;
        if (context.Type.Group != RbacNames.Group || request.Object is not { } root || context.User.Groups.Contains(Masters) || IsUpkeep(request, root))
        {
            return ValueTask.CompletedTask;
        }

        return context.Type.Kind switch
        {
            RbacNames.ClusterRole or RbacNames.Role => CheckRoleAsync(request, root, cancellationToken),
            RbacNames.ClusterRoleBinding or RbacNames.RoleBinding => CheckBindingAsync(request, root, cancellationToken),
            _ => ValueTask.CompletedTask,
        };
    }

    // Whether only what the garbage collector changes is changed.
    private static bool IsUpkeep(AdmissionRequest request, JsonObject root)
    {
        if (request.OldObject is not { } old)
        {
            return false;
        }

        var (before, after) = (old.ToNode(), (JsonObject)root.DeepClone());
        foreach (var tree in new[] { before, after })
        {
            var metadata = Tree.Metadata(tree);
            foreach (var name in (string[])["ownerReferences", "finalizers", "managedFields", "resourceVersion", "generation"])
            {
                metadata.Remove(name);
            }
        }

        return JsonNode.DeepEquals(before, after);
    }

    private static StatusException Forbidden(AdmissionRequest request, JsonObject root, string why) =>
        StatusErrors.Forbidden(request.Context.Type.GroupResource, Tree.Text(Tree.Metadata(root), "name"), why);

    private static bool Aggregates(JsonNode? root) => (root as JsonObject)?["aggregationRule"] is JsonObject;

    private async ValueTask CheckRoleAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        var context = request.Context;
        if (await IsAllowedAsync(context, "escalate", context.Type.GroupResource, context.Name, cancellationToken))
        {
            return;
        }

        Require(request, root, RbacRule.ReadAll(root["rules"]));
        if ((Aggregates(root) || Aggregates(request.OldObject?.ToNode())) && MissingOf(context, Everything, out _).Count > 0)
        {
            throw Forbidden(request, root, "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    private async ValueTask CheckBindingAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        var reference = root["roleRef"] as JsonObject ?? [];
        var (kind, name) = (Tree.Text(reference, "kind"), Tree.Text(reference, "name"));
        var resource = new GroupResource(RbacNames.Group, kind == RbacNames.Role ? "roles" : "clusterroles");
        if (await IsAllowedAsync(request.Context, "bind", resource, name, cancellationToken))
        {
            return;
        }

        Require(request, root, rules.RulesOf(RbacRoleKey.Of(kind, name, request.Context.Namespace)) ?? throw StatusErrors.NotFound(resource, name));
    }

    private async ValueTask<bool> IsAllowedAsync(ResourceContext context, string verb, GroupResource resource, string name, CancellationToken cancellationToken)
    {
        var decision = await authorizer.AuthorizeAsync(
            new AuthorizationAttributes
            {
                User = context.User,
                Verb = verb,
                IsResourceRequest = true,
                Group = resource.Group,
                Version = "*",
                Resource = resource.Resource,
                Namespace = context.Namespace,
                Name = name,
            },
            cancellationToken);
        return decision.Verdict == AuthorizationVerdict.Allow;
    }

    private IReadOnlyList<RbacRule> MissingOf(ResourceContext context, IEnumerable<RbacRule> given, out IReadOnlyList<string> problems) =>
        RuleCoverage.Missing(rules.RulesFor(context.User, context.Namespace, out problems), given);

    private void Require(AdmissionRequest request, JsonObject root, IEnumerable<RbacRule> given)
    {
        var user = request.Context.User;
        var missing = MissingOf(request.Context, given, out var problems);
        if (missing.Count == 0)
        {
            return;
        }

        var why = $"user {GoQuote.Quote(user.Name)} (groups={RuleCoverage.Quoted(user.Groups)}) is attempting to grant RBAC permissions not currently held:\n"
            + string.Join('\n', RuleCoverage.Describe(missing))
            + (problems.Count == 0 ? string.Empty : $"; resolution errors: [{string.Join(' ', problems)}]");
        throw Forbidden(request, root, why);
    }
}
