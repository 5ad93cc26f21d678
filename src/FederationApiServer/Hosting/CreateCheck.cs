using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Asks whether a user may create an object that an apply would create.</summary>
internal sealed class CreateCheck(IAuthorizer authorizer)
{
    public async Task RunAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var decision = await authorizer.AuthorizeAsync(
            new AuthorizationAttributes
            {
                User = context.User,
                Verb = "create",
                IsResourceRequest = true,
                Group = context.Type.Group,
                Version = context.Version.Name,
                Resource = context.Type.Plural,
                Namespace = context.Namespace,
                Name = context.Name,
            },
            cancellationToken);
        if (decision.Verdict != AuthorizationVerdict.Allow)
        {
            throw StatusErrors.Forbidden(context.Type.GroupResource, context.Name, $"User \"{context.User.Name}\" cannot create resource \"{context.Type.Plural}\" in API group \"{context.Type.Group}\"");
        }
    }
}
