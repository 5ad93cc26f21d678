using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Validation;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>What is said to who may not: in kube-apiserver's words, which clients read.</summary>
internal static class Denial
{
    public static StatusException Of(AuthorizationAttributes attributes, string? reason)
    {
        string message = Message(attributes) + (!string.IsNullOrEmpty(reason) ? $": {reason}" : string.Empty);
        return attributes.IsResourceRequest
            ? StatusErrors.Forbidden(new GroupResource(attributes.Group, attributes.Resource), attributes.Name, message)
            : new StatusException(new Status
            {
                Outcome = "Failure",
                Code = StatusCodes.Status403Forbidden,
                Reason = StatusReason.Forbidden,
                Message = $"forbidden: {message}",
                Details = new StatusDetails(),
            });
    }

    private static string Message(AuthorizationAttributes attributes)
    {
        string who = $"User {GoQuote.Quote(attributes.User.Name)} cannot {attributes.Verb}";
        if (!attributes.IsResourceRequest)
        {
            return $"{who} path {GoQuote.Quote(attributes.Path)}";
        }

        string resource = attributes.Subresource.Length > 0 ? $"{attributes.Resource}/{attributes.Subresource}" : attributes.Resource;
        string where = attributes.Namespace.Length > 0 ? $"in the namespace {GoQuote.Quote(attributes.Namespace)}" : "at the cluster scope";
        return $"{who} resource {GoQuote.Quote(resource)} in API group {GoQuote.Quote(attributes.Group)} {where}";
    }
}
