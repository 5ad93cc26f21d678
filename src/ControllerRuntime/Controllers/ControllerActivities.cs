using System.Diagnostics;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>The traces of controllers: one activity per reconcile, made only if someone listens.</summary>
public static class ControllerActivities
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "KubeFed.ControllerRuntime";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? Start<TKey>(string controller, TKey key)
        where TKey : notnull
    {
        var activity = Source.StartActivity("reconcile");
        activity?.SetTag("controller", controller);
        activity?.SetTag("object", key.ToString());
        return activity;
    }
}
