namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>A query parameter of an operation.</summary>
internal sealed record QueryParameter(string Name, string Type, string Description)
{
    private static readonly QueryParameter Pretty = new("pretty", "string", "Set to 'true' to indent the answer.");
    private static readonly QueryParameter DryRun = new("dryRun", "string", "Set to 'All' to do everything but store the result.");
    private static readonly QueryParameter FieldManager = new("fieldManager", "string", "Who the fields that this request sets belong to: at most 128 printable characters. An apply must say it; else the part of the User-Agent before the first slash is taken.");
    private static readonly QueryParameter FieldValidation = new("fieldValidation", "string", "What unknown and duplicate fields lead to: 'Ignore' drops them, 'Warn' (the default) drops them with a warning each, 'Strict' refuses the request.");
    private static readonly QueryParameter Force = new("force", "boolean", "Whether an apply takes over fields that other managers own instead of being refused with a conflict.");
    private static readonly QueryParameter ResourceVersion = new("resourceVersion", "string", "Which state to read: unset the newest, '0' any, a version one that is not older.");

    private static readonly QueryParameter[] Selection =
    [
        new("allowWatchBookmarks", "boolean", "Whether a watch is sent bookmarks, events that only say up to which version it has seen everything."),
        new("continue", "string", "The token of the page to read, from the metadata of the page before."),
        new("fieldSelector", "string", "Restricts the objects by their fields."),
        new("labelSelector", "string", "Restricts the objects by their labels."),
        new("limit", "integer", "The most objects to return; the metadata of the answer says how to go on."),
        ResourceVersion,
        new("resourceVersionMatch", "string", "How the resource version of a list is meant: 'Exact' or 'NotOlderThan'."),
        new("sendInitialEvents", "boolean", "Whether a watch begins with the objects that exist, and a bookmark that ends them."),
        new("timeoutSeconds", "integer", "How long a list or watch may last."),
        new("watch", "boolean", "Whether to watch for changes instead of listing."),
    ];

    public static IReadOnlyList<QueryParameter> ForGet { get; } = [Pretty, ResourceVersion];

    public static IReadOnlyList<QueryParameter> ForList { get; } = [Pretty, .. Selection];

    public static IReadOnlyList<QueryParameter> ForWrite { get; } = [Pretty, DryRun, FieldManager, FieldValidation];

    public static IReadOnlyList<QueryParameter> ForPatch { get; } = [Pretty, DryRun, FieldManager, FieldValidation, Force];

    public static IReadOnlyList<QueryParameter> ForDelete { get; } =
    [
        Pretty,
        DryRun,
        new("gracePeriodSeconds", "integer", "Seconds before the object is removed; 0 removes it at once."),
        new("orphanDependents", "boolean", "Superseded by propagationPolicy."),
        new("propagationPolicy", "string", "What becomes of the dependents: 'Orphan' keeps them, 'Background' deletes them afterwards, 'Foreground' before."),
    ];

    public static IReadOnlyList<QueryParameter> ForDeleteCollection { get; } = [.. ForDelete, .. Selection[1..8], Selection[8]];
}
