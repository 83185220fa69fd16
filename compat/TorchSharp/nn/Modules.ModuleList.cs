using System.Collections;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules in a list, named by their numbers.</summary>
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            /// <summary>Modules in a list, named by their numbers.</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list, named by their numbers.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> _list = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<T>))
        {
            _list.AddRange(modules);
            Renumber();
        }

        /// <inheritdoc/>
        public int Count => _list.Count;

        /// <inheritdoc/>
        public bool IsReadOnly => false;

        /// <inheritdoc/>
        public T this[int index]
        {
            get => _list[index];
            set
            {
                _list[index] = value;
                Renumber();
            }
        }

        /// <inheritdoc/>
        public void Add(T item)
        {
            register_module(Name(_list.Count), item);
            _list.Add(item);
        }

        /// <summary>Adds modules at the end.</summary>
        public void append(params T[] parameters) => extend(parameters);

        /// <summary>Adds modules at the end.</summary>
        public void extend(IEnumerable<T> modules)
        {
            foreach (var module in modules)
                Add(module);
        }

        /// <inheritdoc/>
        public void Insert(int index, T item)
        {
            _list.Insert(index, item);
            Renumber();
        }

        /// <inheritdoc/>
        public bool Remove(T item)
        {
            var removed = _list.Remove(item);
            if (removed)
                Renumber();
            return removed;
        }

        /// <inheritdoc/>
        public void RemoveAt(int index)
        {
            _list.RemoveAt(index);
            Renumber();
        }

        /// <inheritdoc/>
        public void Clear()
        {
            _list.Clear();
            Renumber();
        }

        /// <inheritdoc/>
        public bool Contains(T item) => _list.Contains(item);

        /// <inheritdoc/>
        public int IndexOf(T item) => _list.IndexOf(item);

        /// <inheritdoc/>
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        /// <inheritdoc/>
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        /// <inheritdoc/>
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Nothing to do: the modules are registered as they are added.</summary>
        protected override void RegisterComponents()
        {
        }

        private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

        private void Renumber()
        {
            ClearModules();
            for (var i = 0; i < _list.Count; i++)
                register_module(Name(i), _list[i]);
        }
    }
}
