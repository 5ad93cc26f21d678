using System.Globalization;
using System.Text;
using KubeFed.ApiMachinery.Meta;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>The query strings of options.</summary>
internal static class Query
{
    public static string Of(GetOptions? options) => new Builder().Add("resourceVersion", options?.ResourceVersion).ToString();

    public static string Of(ListOptions? options) => options is null ? "" : new Builder()
        .Add("labelSelector", options.LabelSelector)
        .Add("fieldSelector", options.FieldSelector)
        .Add("limit", options.Limit?.ToString(CultureInfo.InvariantCulture))
        .Add("continue", options.Continue)
        .Add("resourceVersion", options.ResourceVersion)
        .Add("resourceVersionMatch", options.ResourceVersionMatch == ResourceVersionMatch.Unset ? null : options.ResourceVersionMatch.ToString())
        .ToString();

    public static string Of(WatchOptions options, TimeSpan timeout) => new Builder()
        .Add("watch", "true")
        .Add("labelSelector", options.LabelSelector)
        .Add("fieldSelector", options.FieldSelector)
        .Add("resourceVersion", options.ResourceVersion)
        .Add("allowWatchBookmarks", options.AllowBookmarks ? "true" : null)
        .Add("timeoutSeconds", Math.Max(1, (long)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture))
        .ToString();

    public static string Of(WriteOptions? options) => options is null ? "" : new Builder()
        .Add("fieldManager", options.FieldManager)
        .Add("fieldValidation", options.FieldValidation == FieldValidation.Unset ? null : options.FieldValidation.ToString())
        .Add("dryRun", options.DryRun ? "All" : null)
        .Add("force", options is ApplyOptions { Force: true } ? "true" : null)
        .ToString();

    private readonly struct Builder()
    {
        private readonly StringBuilder _text = new();

        public Builder Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }

            return this;
        }

        public override string ToString() => _text.ToString();
    }
}
