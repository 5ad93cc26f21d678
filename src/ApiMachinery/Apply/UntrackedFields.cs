namespace KubeFed.ApiMachinery.Apply;

/// <summary>The fields that nobody owns: what identifies an object, and what only the server sets.</summary>
internal static class UntrackedFields
{
    public static FieldSet Set { get; } = Make();

    private static FieldSet Make()
    {
        var result = FieldSet.OfFields("apiVersion").Union(FieldSet.OfFields("kind")).Union(FieldSet.OfFields("metadata"));
        foreach (var name in (ReadOnlySpan<string>)
            ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion"])
        {
            result = result.Union(FieldSet.OfFields("metadata", name));
        }

        return result;
    }
}
