using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Asks whether a user may create an object that an apply would create: what <see cref="ResourceStoreOptions.AuthorizeCreate"/> wants.</summary>
public sealed class CreateCheck(IAuthorizer authorizer)
{
    /// <summary>Asks.</summary>
    /// <exception cref="StatusException">The user may not: 403.</exception>
    public async Task RunAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var attributes = new AuthorizationAttributes
        {
            User = context.User,
            Verb = "create",
            IsResourceRequest = true,
            Group = context.Type.Group,
            Version = context.Version.Name,
            Resource = context.Type.Plural,
            Namespace = context.Namespace,
            Name = context.Name,
        };
        var decision = await authorizer.AuthorizeAsync(attributes, cancellationToken);
        if (decision.Verdict != AuthorizationVerdict.Allow)
        {
            throw Denial.Of(attributes, decision.Reason);
        }
    }
}
