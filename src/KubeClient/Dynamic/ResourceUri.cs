using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// Builds the paths of resources. Names come from users' objects, so whatever could step out of its segment is refused
/// as the server would refuse it, before anything is sent.
/// </summary>
internal static class ResourceUri
{
    public static string Collection(GroupVersionResource resource, string? @namespace)
    {
        var path = new StringBuilder(96);
        path.Append(resource.Group.Length == 0 ? "api/" : "apis/");
        if (resource.Group.Length > 0)
        {
            Append(path, "group", resource.Group).Append('/');
        }

        Append(path, "version", resource.Version).Append('/');
        if (!string.IsNullOrEmpty(@namespace))
        {
            Append(path.Append("namespaces/"), "namespace", @namespace).Append('/');
        }

        return Append(path, "resource", resource.Resource).ToString();
    }

    public static string Object(GroupVersionResource resource, NamespacedName name, string? subresource)
    {
        if (string.IsNullOrEmpty(name.Name))
        {
            throw StatusErrors.BadRequest("resource name may not be empty");
        }

        var path = new StringBuilder(Collection(resource, name.Namespace)).Append('/');
        Append(path, "resource name", name.Name);
        foreach (var part in subresource?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            Append(path.Append('/'), "subresource", part);
        }

        return path.ToString();
    }

    private static StringBuilder Append(StringBuilder path, string what, string segment)
    {
        if (segment is "" or "." or ".." || segment.AsSpan().ContainsAny('/', '%'))
        {
            throw StatusErrors.BadRequest($"invalid {what} \"{segment}\": may not be empty, '.' or '..' and may not contain '/' or '%'");
        }

        return path.Append(Uri.EscapeDataString(segment));
    }
}
