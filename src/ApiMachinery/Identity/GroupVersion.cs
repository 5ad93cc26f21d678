namespace KubeFed.ApiMachinery.Identity;

/// <summary>An API group and one of its versions. The core group is the empty string.</summary>
/// <param name="Group">The group, for example <c>apps</c>; empty for the core group.</param>
/// <param name="Version">The version, for example <c>v1</c>.</param>
public readonly record struct GroupVersion(string Group, string Version)
{
    /// <summary>Reads an <c>apiVersion</c>: <c>v1</c> or <c>group/version</c>.</summary>
    /// <exception cref="FormatException">The text is empty, has more than one slash, or has an empty part.</exception>
    public static GroupVersion Parse(string apiVersion) =>
        TryParse(apiVersion, out var result)
            ? result
            : throw new FormatException($"\"{apiVersion}\" is not an API version: expected VERSION or GROUP/VERSION");

    /// <summary>Reads an <c>apiVersion</c> as <see cref="Parse"/> does and tells whether it is one.</summary>
    public static bool TryParse(string? apiVersion, out GroupVersion result)
    {
        result = default;
        if (string.IsNullOrEmpty(apiVersion))
        {
            return false;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            result = new GroupVersion("", apiVersion);
            return true;
        }

        if (slash == 0 || slash == apiVersion.Length - 1 || apiVersion.LastIndexOf('/') != slash)
        {
            // KubeFed wrote "/v1" for the core group; accept that one form.
            if (slash == 0 && apiVersion.Length > 1 && apiVersion.LastIndexOf('/') == 0)
            {
                result = new GroupVersion("", apiVersion[1..]);
                return true;
            }

            return false;
        }

        result = new GroupVersion(apiVersion[..slash], apiVersion[(slash + 1)..]);
        return true;
    }

    /// <summary>The kind of this group and version.</summary>
    public GroupVersionKind WithKind(string kind) => new(Group, Version, kind);

    /// <summary>The resource (plural) of this group and version.</summary>
    public GroupVersionResource WithResource(string resource) => new(Group, Version, resource);

    /// <summary>The form used in <c>apiVersion</c>: <c>v1</c> or <c>apps/v1</c>.</summary>
    public override string ToString() => string.IsNullOrEmpty(Group) ? Version : $"{Group}/{Version}";
}
